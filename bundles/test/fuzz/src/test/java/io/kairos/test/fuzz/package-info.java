/**
 * Fuzz targets: one class for each codec that reads bytes from outside. Without further ado they replay the inputs that
 * are kept in the resources; with {@code JAZZER_FUZZ=1} they search for new ones, guided by coverage. See the README.
 */
package io.kairos.test.fuzz;
