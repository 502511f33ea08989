/** Lets only bundles resolve that the distribution ships or that were installed from a signed package. */
package io.kairos.platform.gate;
