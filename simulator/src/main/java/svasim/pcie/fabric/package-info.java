/** Links, switches, root ports and the root complex: how TLPs travel, and how long they take. */
package svasim.pcie.fabric;
