/** Simulated radios with RNode firmware, for tests and as a program. */
package io.kairos.test.rnode;
