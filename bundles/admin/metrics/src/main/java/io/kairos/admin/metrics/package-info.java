/** Numbers about this node for programs that watch many: an OpenMetrics page, and the sources that every node has. */
package io.kairos.admin.metrics;
