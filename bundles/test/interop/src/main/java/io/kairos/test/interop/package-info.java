/** Lets a driver operate a node over a loopback port, for interoperability tests and demonstrations; never released. */
package io.kairos.test.interop;
