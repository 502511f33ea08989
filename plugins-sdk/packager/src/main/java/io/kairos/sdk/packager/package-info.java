/**
 * Makes, signs and checks packages of plugins: goals of Maven ({@code kairos:keygen}, {@code package}, {@code sign}, {@code
 * verify}) and the same by hand ({@link io.kairos.sdk.packager.Main}).
 */
package io.kairos.sdk.packager;
