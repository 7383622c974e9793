-- Posts one body again and again; wrk gives `init` what stands behind its `--`:
-- the body's file, the path, and a file of case ids that stand for {case}, each once.

local ids, before, after

function init(args)
   local file = assert(io.open(args[1], "rb"))
   wrk.method, wrk.body = "POST", file:read("*a")
   file:close()
   wrk.path = args[2]
   if args[3] then
      before, after = args[2]:match("^(.*){case}(.*)$")
      ids = io.lines(args[3])
   end
end

function request()
   if not ids then return wrk.format() end
   return wrk.format(nil, before .. (ids() or "spent") .. after)
end

function done(summary, latency, _)
   local failed = summary.errors
   io.write(string.format(
      '{"answers": %d, "seconds": %.6f, "refused": %d, "broken": %d, "p50_ms": %.4f}\n',
      summary.requests, summary.duration / 1e6, failed.status,
      failed.connect + failed.read + failed.write + failed.timeout,
      latency:percentile(50) / 1000))
end
