/**
 * What every transport has to pass. A transport's own tests extend {@link io.kairos.test.contract.MeshInterfaceContract}
 * and say only how their interface is opened.
 */
package io.kairos.test.contract;
