/** A small node outside the container, in a process of its own: router and endpoints on UDP, told what to do line by line. */
package io.kairos.test.container.peer;
