# One image for every role: web (default), worker and migrate differ in their command only (docker-compose.yml).
FROM node:24-bookworm-slim AS build
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
# Before the sources, so that a change of those does not install everything again.
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma prisma
COPY scripts/generate-client.mjs scripts/
RUN npm ci
COPY . .
# Then only what runs is kept: no tools, no source maps of others, no query compilers of other databases.
RUN npm run build \
 && npm uninstall --no-save --omit=dev --ignore-scripts @tailwindcss/postcss esbuild lucide-react prisma tailwindcss \
 && rm -rf .next/cache .next/trace node_modules/@next/swc-* \
 && find node_modules -name '*.map' -delete \
 && find node_modules/@prisma/client/runtime -name 'query_compiler*' ! -name '*.postgresql.*' -delete \
 && mkdir -p .next/cache public

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NODE_OPTIONS=--enable-source-maps HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /app/package.json /app/next.config.js ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma prisma
COPY --from=build /app/public public
COPY --from=build /app/scripts/docker-entrypoint.sh /app/scripts/make-secrets.mjs scripts/
COPY --from=build /app/dist dist
COPY --from=build /app/.next .next
# The folders of secrets and uploaded files are volumes that take over the owner they find here.
RUN mkdir -p /secrets data && chown node:node /secrets data .next/cache && chmod 700 /secrets data
USER node
EXPOSE 3000
ENTRYPOINT ["/bin/sh", "scripts/docker-entrypoint.sh"]
CMD ["node", "dist/server.js"]
