package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Step;

/** A program has the cores ignore tags in its addresses, and puts them into its pointers. */
record TagAddresses(UserThread thread, Step.TagAddresses step) {
    private static final Procedure<TagAddresses> TAG =
            Procedure.<TagAddresses>named("prctl_enable_tagged_addr")
                    .sleeping("enable", 200_000, TagAddresses::enable)
                    .build();

    static Call<?> call(UserThread thread, Step.TagAddresses step) {
        return new Call<>(TAG, new TagAddresses(thread, step));
    }

    private Next enable(Cpu cpu) {
        Process process = thread.process();
        String refusal = process.mm().tags().enable(step.scheme(), step.strip());
        if (refusal == null) {
            process.tag(step.tag());
        } else {
            process.failed(thread, "tag-addresses: " + refusal);
        }
        return Next.DONE;
    }
}
