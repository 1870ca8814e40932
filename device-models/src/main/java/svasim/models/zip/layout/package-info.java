/**
 * What driver, library and hardware of the compression engine agree on: mailbox, doorbells, queue
 * contexts, entries of submission and completion queues. Layouts are those of the HiSilicon queue
 * manager, version 2, and of its ZIP engine, as public headers of Linux and of UADK give them.
 */
package svasim.models.zip.layout;
