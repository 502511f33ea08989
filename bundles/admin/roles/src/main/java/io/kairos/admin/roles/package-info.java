/** Takes roles on and leaves them, and asks them how the node does. */
package io.kairos.admin.roles;
