/** Commands of the scope {@code node} about versions of the whole node. */
package io.kairos.admin.shell.node;
