package dev.berth.windows.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whose a process is, and what it may: the tokens of advapi32, securitybaseapi.h. Thread-safe. */
final class Token {
    private static final int TOKEN_QUERY = 8;
    private static final int TOKEN_USER = 1; // TOKEN_INFORMATION_CLASS, winnt.h
    private static final int TOKEN_ELEVATION = 20;
    private static final int MOST_BYTES = 256; // TOKEN_USER and a SID, which has 68 at most
    private static final int LONGEST_NAME = 512; // characters; an account name has 256 at most, a domain 255

    private static final Library LIBRARY = new Library("advapi32.dll");
    private static final MethodHandle OPEN_PROCESS_TOKEN = LIBRARY.functionWithLastError(
            "OpenProcessToken", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle GET_TOKEN_INFORMATION = LIBRARY.functionWithLastError(
            "GetTokenInformation", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle LOOKUP_ACCOUNT_SID = LIBRARY.function(
            "LookupAccountSidW",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

    /** Names by SID: a name may have to come from another machine. */
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private Token() {}

    /** Whether this process runs elevated. */
    static boolean elevated() throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment answer = arena.allocate(MOST_BYTES, Long.BYTES);
            ask(Kernel32.Handle.THIS_PROCESS, TOKEN_ELEVATION, answer);
            return answer.get(JAVA_INT, 0) != 0;
        });
    }

    /** {@code DOMAIN\name}, or the SID where it has no name here. */
    static String user(Kernel32.Handle process) throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment answer = arena.allocate(MOST_BYTES, Long.BYTES);
            ask(process, TOKEN_USER, answer);
            MemorySegment sid = answer.asSlice(answer.get(JAVA_LONG, 0) - answer.address());
            String written = written(sid);
            String known = NAMES.get(written);
            if (known == null) {
                known = name(sid, written);
                NAMES.put(written, known);
            }
            return known;
        });
    }

    private static void ask(Kernel32.Handle process, int what, MemorySegment answer) throws WindowsErrorException {
        Library.<Object>calling(arena -> {
            var error = new Library.LastError(arena);
            MemorySegment opened = arena.allocate(JAVA_LONG);
            int done = (int) OPEN_PROCESS_TOKEN.invokeExact(error.segment(), process.value(), TOKEN_QUERY, opened);
            if (done == 0) {
                throw error.of("OpenProcessToken");
            }
            try (var token = new Kernel32.Handle(opened.get(JAVA_LONG, 0))) {
                MemorySegment length = arena.allocate(JAVA_INT);
                done = (int) GET_TOKEN_INFORMATION.invokeExact(
                        error.segment(), token.value(), what, answer, MOST_BYTES, length);
                if (done == 0) {
                    throw error.of("GetTokenInformation");
                }
            }
            return answer;
        });
    }

    private static String name(MemorySegment sid, String otherwise) throws WindowsErrorException {
        return Library.calling(arena -> {
            MemorySegment name = arena.allocate(LONGEST_NAME * 2L, 2);
            MemorySegment domain = arena.allocate(LONGEST_NAME * 2L, 2);
            int found = (int) LOOKUP_ACCOUNT_SID.invokeExact(
                    MemorySegment.NULL,
                    sid,
                    name,
                    arena.allocateFrom(JAVA_INT, LONGEST_NAME),
                    domain,
                    arena.allocateFrom(JAVA_INT, LONGEST_NAME),
                    arena.allocate(JAVA_INT));
            return found == 0 ? otherwise : Library.text(domain, 0) + "\\" + Library.text(name, 0);
        });
    }

    /** As people write it: {@code S-1-5-18}. SID, winnt.h: revision, how many parts, an authority of 48 bits, the parts. */
    private static String written(MemorySegment sid) {
        int parts = sid.get(JAVA_BYTE, 1);
        ByteBuffer bytes = sid.asByteBuffer();
        long authority = bytes.getLong(0) & 0xffff_ffff_ffffL;
        var text = new StringBuilder("S-")
                .append(sid.get(JAVA_BYTE, 0))
                .append('-')
                .append(authority);
        for (int i = 0; i < parts; i++) {
            text.append('-').append(Integer.toUnsignedString(sid.get(JAVA_INT, 8 + 4L * i)));
        }
        return text.toString();
    }
}
