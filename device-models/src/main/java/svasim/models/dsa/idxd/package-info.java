/**
 * Driver in the style of Linux idxd, and the library that programs submit with. It reaches the
 * device through its registers and portals only.
 */
package svasim.models.dsa.idxd;
