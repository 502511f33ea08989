/** A routing strategy for Kairos: the cheapest path first. */
package org.example.hello;
