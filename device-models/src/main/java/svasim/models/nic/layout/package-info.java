/**
 * What driver and hardware of the network card agree on: registers, descriptors, completions. The
 * layouts are the model's own; sizes are those of common cards.
 */
package svasim.models.nic.layout;
