# The daemon and nothing else: no npm, no shell needed at run time, not root, root file system may be read-only.
FROM node:24-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY src src
RUN npm ci

FROM node:24-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node.js: the packaged runtime (an optional dependency) stays out.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=install /app/node_modules node_modules
COPY package.json ./
COPY src src
COPY --from=page /app/dist dist
USER node
ENV NODE_ENV=production
# Loopback inside is reached by nobody outside. Nothing asks who reads yet: publish the port on loopback of the host,
# `docker run -p 127.0.0.1:9810:9810`, and let a proxy ask.
ENV RINGSIDE_HTTP__HOST=0.0.0.0
EXPOSE 9810
HEALTHCHECK --interval=15s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:9810/healthz').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "src/ringside.js"]
CMD ["--config", "/etc/ringside/ringside.yaml"]
