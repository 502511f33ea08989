/** A transport for Kairos: each packet travels as one UDP datagram to one other node. */
package org.example.hello;
