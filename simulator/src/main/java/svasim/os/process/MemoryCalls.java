package svasim.os.process;

import svasim.cpu.Cpu;
import svasim.os.mm.Migrate;
import svasim.os.mm.Mm;
import svasim.os.mm.Mremap;
import svasim.os.mm.Pin;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Step;
import svasim.paging.Access;

/** What steps of a program do to memory, beyond mapping and touching it. */
final class MemoryCalls {
    private static final long PAGE = 4096;

    private static final Procedure<Remap> REMAP =
            Procedure.<Remap>named("mremap")
                    .sleeping("enter", 60_000, Remap::move)
                    .sleeping("leave", 20_000, Remap::note)
                    .build();

    private record Remap(UserThread thread, String target, Mremap mremap) {
        Next move(Cpu cpu) {
            return Next.call(mremap.call());
        }

        Next note(Cpu cpu) {
            Process process = thread.process();
            if (mremap.refusal() != null) {
                process.failed(thread, "mremap " + target + ": " + mremap.refusal());
            } else if (process.isMapped(target)) {
                process.mapped(target, mremap.start());
            } else {
                process.deviceMapped(target, process.device(target).movedTo(mremap.start()));
            }
            return Next.DONE;
        }
    }

    private MemoryCalls() {}

    /** Null for a step that is about something else. */
    static Call<?> call(Step step, UserThread thread) {
        Process process = thread.process();
        Mm mm = process.mm();
        if (step instanceof Step.Fill fill) {
            return FillBuffer.call(process, fill.buffer(), fill.fill());
        } else if (step instanceof Step.Advise advise) {
            String buffer = advise.buffer();
            return mm.advise(process.address(buffer), process.pages(buffer), advise.advice());
        } else if (step instanceof Step.Remap remap) {
            return remap(thread, remap);
        } else if (step instanceof Step.Pin pin) {
            return pin(process, pin.buffer());
        } else if (step instanceof Step.Unpin unpin) {
            return unpin(thread, unpin.buffer());
        } else if (step instanceof Step.Migrate migrate) {
            String buffer = migrate.buffer();
            return new Migrate(mm, process.address(buffer), process.pages(buffer)).call();
        } else if (step instanceof Step.NumaScan scan) {
            return mm.scanForNuma(process.address(scan.buffer()), process.pages(scan.buffer()));
        } else if (step instanceof Step.Reclaim reclaim) {
            int pages = (int) (reclaim.amount().bytes() / PAGE);
            return process.services().processes().memory().reclaim(pages);
        }
        if (step instanceof Step.TagAddresses tag) {
            return TagAddresses.call(thread, tag);
        }
        Call<?> kernel = KernelCalls.call(step, thread);
        if (kernel != null) {
            return kernel;
        }
        return step instanceof Step.OomKill ? OomKill.call(process.services().processes()) : null;
    }

    private static Call<?> remap(UserThread thread, Step.Remap step) {
        Process process = thread.process();
        String target = step.target();
        Process.Mapped where =
                process.isMapped(target)
                        ? new Process.Mapped(process.address(target), process.pages(target), null)
                        : process.device(target);
        if (where == null) {
            process.failed(thread, "mremap " + target + ": not mapped");
            return Call.nothing();
        }
        long newBytes = step.size() == null ? where.bytes() : step.size().bytes();
        Mremap mremap = new Mremap(process.mm(), where.start(), where.bytes(), newBytes);
        return new Call<>(REMAP, new Remap(thread, target, mremap));
    }

    private static Call<?> pin(Process process, String buffer) {
        int access = Access.READ | Access.WRITE;
        Pin pin = new Pin(process.mm(), process.address(buffer), process.pages(buffer), access);
        Pin before = process.pins().putIfAbsent(buffer, pin);
        return before == null ? pin.call() : Call.nothing();
    }

    private static Call<?> unpin(UserThread thread, String buffer) {
        Pin pin = thread.process().pins().remove(buffer);
        if (pin == null) {
            thread.process().failed(thread, "unpin " + buffer + ": not pinned");
            return Call.nothing();
        }
        return pin.unpin();
    }
}
