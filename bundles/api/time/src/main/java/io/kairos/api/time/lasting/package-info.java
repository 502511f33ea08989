/** Clock and timers that outlive the bundle they take the time from. Not exported. */
package io.kairos.api.time.lasting;
