/**
 * Tasks, and the scheduler that interprets their procedures on the cores: run queues, priorities,
 * wake-ups, preemption between steps, locks, work queues and grace periods. What may be late or
 * preempted asks the kernel's choice points.
 */
package svasim.os.task;
