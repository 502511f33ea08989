/**
 * The router of a node: takes packets from every interface, drops repeats, forwards, learns paths from announces.
 *
 * <p>Start from {@link io.kairos.core.router.RouterCore}, which names all parts in the order in which a packet meets them.
 */
package io.kairos.core.router;
