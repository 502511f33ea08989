/** Shows several nodes at work on one machine; what {@code ./kairos demo} starts. */
package io.kairos.test.demo;
