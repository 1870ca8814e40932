package svasim.os.file;

/**
 * What software read when a job had ended.
 *
 * @param status name of the outcome as the device's specification has it, for example {@code
 *     "success"}
 * @param good whether the job did all that it was asked for
 * @param bytes how far it came
 */
public record JobResult(String status, boolean good, long bytes) {}
