/**
 * The bridge between the public conformance suite for Reticulum and the product: reads commands as JSON lines, calls the
 * product's own classes, answers as JSON lines. It computes nothing itself; what only another implementation's internals
 * could answer is refused as "not supported".
 */
package io.kairos.test.conformance;
