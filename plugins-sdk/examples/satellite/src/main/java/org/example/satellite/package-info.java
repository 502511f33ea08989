/** A transport for Kairos over a satellite modem: long delay, paid bytes, windows of availability. */
package org.example.satellite;
