/** Commands of the scope {@code identity}: the identities whose private keys this node holds. */
package io.kairos.admin.shell.identity;
