/** Commands of the scope {@code mesh}: what the node knows and does. */
package io.kairos.admin.shell.mesh;
