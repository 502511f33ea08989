package io.kairos.transport.satellite;

import io.kairos.lib.medium.paid.Costs;
import io.kairos.lib.medium.paid.Reserve;

/**
 * On which terms an interface spends.
 *
 * @param name of the interface
 * @param perMonth units that may be spent in one month of UTC; 0: nothing costs anything
 * @param unit what they are called
 * @param reserve what is worth its money when the month gets long
 * @param costs what routing sees of it
 */
record Terms(String name, long perMonth, String unit, Reserve reserve, Costs costs) {}
