/** The finished distribution as a process: hostile input and sudden death. */
package io.kairos.test.node;
