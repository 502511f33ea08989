/** A third party's program in the node, a bundle of its own that the test packs and installs. */
package io.kairos.test.container.echo;
