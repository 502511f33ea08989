/**
 * The commands of the console. This package holds what all of them share; the commands stand in the packages named like
 * their scopes. Sees the node only through the services of {@code api/*}.
 */
package io.kairos.admin.shell;
