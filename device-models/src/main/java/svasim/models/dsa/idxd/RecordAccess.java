package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.device.Words;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.paging.Access;

/** The program reads the completion record of a job. */
final class RecordAccess {
    private final UserAccess access;

    RecordAccess(DsaJob job) {
        access = new UserAccess(job.queue().mm(), job.record(), Access.READ);
    }

    /** Finds the page; to be run before anything else. */
    Call<?> call() {
        return access.call();
    }

    boolean failed() {
        return access.failed();
    }

    CompletionRecord load(Cpu cpu) {
        byte[] bytes = new byte[CompletionRecord.BYTES];
        for (int offset = 0; offset < bytes.length; offset += Long.BYTES) {
            Words.put(bytes, offset, Long.BYTES, cpu.load(access.physical() + offset));
        }
        return CompletionRecord.fromBytes(bytes);
    }
}
