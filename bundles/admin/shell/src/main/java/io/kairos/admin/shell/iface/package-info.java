/** Commands of the scope {@code iface}: interfaces and the files that configure them. */
package io.kairos.admin.shell.iface;
