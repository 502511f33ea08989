/** What SLF4J asks for by name. */
package org.slf4j.impl;
