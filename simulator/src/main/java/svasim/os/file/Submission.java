package svasim.os.file;

import svasim.os.procedure.Call;

/**
 * A unit of work on its way to a device.
 *
 * @param call the user-space half: prepares the descriptor in process memory and hands it to the
 *     device
 * @param job what to wait for; meaningful once the call has run
 */
public record Submission(Call<?> call, Job job) {}
