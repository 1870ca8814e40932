package svasim.models.zip.device;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;
import svasim.models.zip.layout.Status;

/**
 * What becomes of a block.
 *
 * @param bytes for the destination; empty if there is nothing to write
 * @param consumed bytes of the source
 */
record Deflated(Status status, byte[] bytes, int consumed) {
    private static final byte[] NOTHING = new byte[0];

    /**
     * @param type as in {@link QueueContext}
     * @param format as in {@link Sqe}
     * @param room bytes of the destination
     */
    static Deflated of(byte[] source, int type, int format, int room) {
        return type == QueueContext.COMPRESS
                ? compressed(source, format, room)
                : decompressed(source, format, room);
    }

    private static Deflated compressed(byte[] source, int format, int room) {
        byte[] made = Frame.around(Deflate.of(source), source, format);
        return made.length > room
                ? new Deflated(Status.NO_ROOM, NOTHING, 0)
                : new Deflated(Status.SUCCESS, made, source.length);
    }

    /** What follows the end of the stream is left alone. */
    private static Deflated decompressed(byte[] source, int format, int room) {
        Inflater inflater = new Inflater();
        try (InputStream stream = stream(source, format, inflater)) {
            byte[] made = stream.readNBytes(room + 1);
            int consumed = format == Sqe.GZIP ? source.length : (int) inflater.getBytesRead();
            return made.length > room
                    ? new Deflated(Status.NO_ROOM, Arrays.copyOf(made, room), consumed)
                    : new Deflated(Status.STREAM_END, made, consumed);
        } catch (IOException e) {
            return new Deflated(Status.BAD_STREAM, NOTHING, 0);
        } finally {
            inflater.end();
        }
    }

    private static InputStream stream(byte[] source, int format, Inflater inflater)
            throws IOException {
        InputStream bytes = new ByteArrayInputStream(source);
        return format == Sqe.GZIP
                ? new GZIPInputStream(bytes)
                : new InflaterInputStream(bytes, inflater);
    }
}
