/**
 * Shared virtual addressing: PASID spaces, bonds between devices and address spaces, the life of a
 * PASID, and the policies that decide who holds what until when. Policies are plug-ins over one set
 * of procedures; facts after the project's reference of the life of a PASID, section 2.
 */
package svasim.os.sva;
