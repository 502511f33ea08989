/** Commands of the scope {@code plugin}: trusted keys, and packages that are installed, updated and removed. */
package io.kairos.admin.shell.plugin;
