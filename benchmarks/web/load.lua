-- What wrk sends: the requests of a file in turn, for ever. One line each: method, path, session, body, between tabs.
-- A run goes on where the run before it stopped, so that every save brings values that are not there yet.
-- `done` writes the figures as JSON; times are in microseconds.

local token = string.rep("x", 32)
local prepared, thread = {}, nil
last, stopped = 0, ""

function setup(it)
  thread = it
end

function init(args)
  for line in io.lines(args[1]) do
    local method, path, session, body = line:match("^(%S+)\t(%S+)\t(%S+)\t(.*)$")
    local headers = {
      ["Cookie"] = "sessionid=" .. session .. "; csrftoken=" .. token,
      ["X-CSRFToken"] = token,
      ["Content-Type"] = "application/json",
    }
    prepared[#prepared + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
  stopped = args[1] .. ".stopped"
  local file = io.open(stopped)
  if file then
    last = file:read("*n")
    file:close()
  end
end

function request()
  last = last % #prepared + 1
  return prepared[last]
end

function done(summary, latency)
  local file = assert(io.open(thread:get("stopped"), "w"))
  file:write(thread:get("last"))
  file:close()
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "microseconds": %d, "p50": %d, "p95": %d, "p99": %d, "failed": %d, "bytes": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, summary.bytes))
end
