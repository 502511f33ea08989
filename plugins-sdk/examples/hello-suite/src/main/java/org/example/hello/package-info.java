/** A crypto suite for Kairos: what Reticulum uses, by the ciphers of the Java runtime alone. */
package org.example.hello;
