/** Looks at who can get at this node from its own machine. */
package io.kairos.admin.shell.safety;
