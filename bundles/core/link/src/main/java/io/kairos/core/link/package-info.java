/** Everything that lives at an address of this node: destinations, links, requests, resources, channels. */
package io.kairos.core.link;
