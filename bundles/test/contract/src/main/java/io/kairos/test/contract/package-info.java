/**
 * What every transport, crypto suite and routing strategy has to pass. A plugin's own tests extend {@link
 * io.kairos.test.contract.MeshInterfaceContract}, {@link io.kairos.test.contract.CryptoSuiteContract} or {@link
 * io.kairos.test.contract.RoutingStrategyContract} and say only what is tested.
 */
package io.kairos.test.contract;
