/** Commands of the scopes {@code file} and {@code node}: files to and from other nodes, and commands on them. */
package io.kairos.admin.shell.files;
