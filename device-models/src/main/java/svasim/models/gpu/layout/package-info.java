/**
 * What driver, library and hardware of the GPU agree on: registers, doorbells, dispatch packets and
 * entries of the interrupt ring. Packets have the size and the rules of the HSA queueing language
 * (64 bytes, header written last); their fields are the model's own.
 */
package svasim.models.gpu.layout;
