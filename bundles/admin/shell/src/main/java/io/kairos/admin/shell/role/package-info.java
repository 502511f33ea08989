/** Commands for what the node is for. */
package io.kairos.admin.shell.role;
