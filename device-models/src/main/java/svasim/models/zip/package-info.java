/**
 * The model {@code zip}: a compression engine as HiSilicon builds it beside Arm cores. It is driven
 * through uacce, has neither ATS nor page requests, and relies on an SMMU that stalls.
 */
package svasim.models.zip;
