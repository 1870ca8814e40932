/**
 * What the host's kernel does for virtual cores, as far as PASIDs are concerned (life of a PASID,
 * 2.9 and 5): the tables by which they translate the PASIDs of ENQCMD, kept in step with the set of
 * their virtual machine.
 */
package svasim.os.kvm;
