/**
 * What programs on this node use: destinations, packets with receipts, links, requests, resources, channels, streams.
 *
 * <p>The door is {@link io.kairos.api.link.Endpoints}. All callbacks come on threads of the core, one at a time for each
 * link and each destination, in the order of arrival; they may take their time but hold up what follows on the same link.
 *
 * <p><b>Values.</b> Where a method takes or gives a MessagePack value it is one of {@code null}, {@link Boolean},
 * {@link Long}, {@link Double}, {@link String}, {@code byte[]}, {@link java.util.List} and {@link java.util.Map} of
 * values. Other {@link Number} types are accepted when sending.
 */
@Export
@Version("1.2.0")
package io.kairos.api.link;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
