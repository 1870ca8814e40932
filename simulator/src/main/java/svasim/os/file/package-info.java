/**
 * Open files and what a device driver offers behind them: open, mmap, submit, flush, release. The
 * driver's release runs once, when the last reference goes, be it a descriptor or a mapping, and
 * deferred to the end of the task's system call as in the kernel.
 */
package svasim.os.file;
