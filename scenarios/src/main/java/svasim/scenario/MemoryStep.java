package svasim.scenario;

import static svasim.scenario.ProgramStep.required;

import java.util.Set;
import svasim.os.mm.AddressTags;
import svasim.os.mm.Advice;
import svasim.os.program.Buffer;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Require;

/** What programs do to their memory, and the kernel to everybody's. */
sealed interface MemoryStep extends ProgramStep {
    /**
     * Writes a pattern into a buffer.
     *
     * @param buffer buffer of the process that runs the step
     * @param with what is written; random bytes by default
     */
    record Fill(String buffer, Buffer.Fill with) implements MemoryStep {
        public Fill {
            required("buffer", buffer, "a buffer");
            with = with == null ? Buffer.Fill.RANDOM : with;
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Fill(buffer, with);
        }
    }

    /**
     * Tells the kernel how a buffer is going to be used.
     *
     * @param buffer buffer of the process that runs the step
     * @param advice how the kernel is to treat its pages, by the name of the advice of madvise(2)
     */
    record Madvise(String buffer, Advice advice) implements MemoryStep {
        public Madvise {
            required("buffer", buffer, "a buffer");
            required("advice", advice, "an advice, for example dont-need");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Advise(buffer, advice);
        }
    }

    /**
     * Moves a buffer to another address, and gives it another size if one is named.
     *
     * @param buffer buffer of the process, or a device whose memory it has mapped
     * @param size new size; absent, the old one
     */
    record Mremap(String buffer, ByteSize size) implements MemoryStep {
        public Mremap {
            required("buffer", buffer, "a buffer or a device");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Remap(buffer, size);
        }
    }

    /**
     * Pins the pages of a buffer: they are neither moved nor reclaimed.
     *
     * @param buffer buffer of the process that runs the step
     */
    record Pin(String buffer) implements MemoryStep {
        public Pin {
            required("buffer", buffer, "a buffer");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Pin(buffer);
        }
    }

    /**
     * Lets go of the pages of a buffer.
     *
     * @param buffer buffer of the process that runs the step
     */
    record Unpin(String buffer) implements MemoryStep {
        public Unpin {
            required("buffer", buffer, "a buffer");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Unpin(buffer);
        }
    }

    /**
     * Moves the pages of a buffer to other frames.
     *
     * @param buffer buffer of the process that runs the step
     */
    record Migrate(String buffer) implements MemoryStep {
        public Migrate {
            required("buffer", buffer, "a buffer");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Migrate(buffer);
        }
    }

    /**
     * One pass of NUMA balancing: the next access of each page of a buffer faults.
     *
     * @param buffer buffer of the process that runs the step
     */
    record NumaScan(String buffer) implements MemoryStep {
        public NumaScan {
            required("buffer", buffer, "a buffer");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.NumaScan(buffer);
        }
    }

    /**
     * Reclaims memory, whoever owns it, as under memory pressure.
     *
     * @param amount how much memory is to be reclaimed
     */
    record Reclaim(ByteSize amount) implements MemoryStep {
        public Reclaim {
            required("amount", amount, ByteSize.EXPECTED);
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Reclaim(amount);
        }
    }

    /**
     * Has the cores ignore tags in the addresses of the process, and tags its pointers.
     *
     * @param scheme bits that the cores ignore: LAM of x86, TBI of Arm
     * @param tag what the pointers to buffers have in these bits; 42 if it is absent
     * @param strip whether devices get pointers without tags (ARCH_FORCE_TAGGED_SVA)
     */
    record TagAddresses(AddressTags scheme, Integer tag, Boolean strip) implements MemoryStep {
        private static final int ANY_TAG = 42;

        public TagAddresses {
            required("scheme", scheme, "tags, for example lam-u57");
            tag = tag == null ? ANY_TAG : tag;
            strip = strip != null && strip;
            Require.positive("tag", tag);
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.TagAddresses(scheme, tag, strip);
        }
    }

    /**
     * Has the kernel map memory for itself, in pages of 2 MiB if it fills one.
     *
     * @param area a name that devices can be given in place of a buffer's, by any process
     * @param size bytes, rounded up to whole pages; 4 KiB if it is absent
     */
    record Vmalloc(String area, ByteSize size) implements MemoryStep {
        public Vmalloc {
            required("area", area, "a name for the memory");
            size = size == null ? ByteSize.ofKiB(4) : size;
            Require.positive("size", size.bytes());
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Vmalloc(area, size);
        }
    }

    /**
     * Has the kernel free memory that it has mapped for itself.
     *
     * @param area name of the memory
     */
    record Vfree(String area) implements MemoryStep {
        public Vfree {
            required("area", area, "memory of the kernel");
        }

        @Override
        public Step step(Set<String> devices) {
            return new Step.Vfree(area);
        }
    }

    /** Kills the process that has most memory. */
    record OomKill() implements MemoryStep {
        @Override
        public Step step(Set<String> devices) {
            return new Step.OomKill();
        }
    }
}
