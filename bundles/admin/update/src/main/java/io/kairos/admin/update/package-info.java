/** Installs, updates, rolls back and removes plugins that come as signed packages. */
package io.kairos.admin.update;
