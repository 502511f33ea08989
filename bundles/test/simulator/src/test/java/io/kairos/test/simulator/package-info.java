/** Whole nodes without container, joined by lines that lose, delay, double and shuffle, in a time that the test sets. */
package io.kairos.test.simulator;
