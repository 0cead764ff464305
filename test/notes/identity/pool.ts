/** A fact of the notes that the random edits work on, and what a person might make of it. */
export interface PoolItem {
  readonly kind: 'definition' | 'command' | 'question'
  /** The term, the command or the question. */
  readonly subject: string
  readonly said: string
  /** The same subject and the same meaning in other words. */
  readonly subjectAgain?: string
  readonly saidAgain?: string
  /** What the answer may be corrected to: the question stays. */
  readonly saidCorrected?: string
}

const definition = (subject: string, said: string, saidAgain: string, subjectAgain?: string): PoolItem => ({
  kind: 'definition',
  subject,
  said,
  saidAgain,
  ...(subjectAgain !== undefined && { subjectAgain }),
})
const command = (subject: string, said: string, saidAgain: string, subjectAgain?: string): PoolItem => ({
  ...definition(subject, said, saidAgain, subjectAgain),
  kind: 'command',
})
const question = (subject: string, subjectAgain: string, said: string, saidCorrected: string): PoolItem => ({
  kind: 'question',
  subject,
  subjectAgain,
  said,
  saidCorrected,
})

export const POOL: readonly PoolItem[] = [
  definition(
    'kubelet',
    'an agent that runs on every node and starts the containers',
    'the program on each machine that looks after its containers',
  ),
  definition(
    'kube-proxy',
    'passes traffic for Services on to the right Pods',
    'forwards what comes in for a Service to one of its Pods',
  ),
  definition(
    'etcd',
    'the store that holds the state of the whole cluster',
    'a key-value database in which everything about the cluster is kept',
    'etcd store',
  ),
  definition(
    'scheduler',
    'chooses the node that a new Pod runs on',
    'decides on which machine each waiting Pod is placed',
    'kube-scheduler',
  ),
  definition(
    'API server',
    'the front door of the control plane that every request goes through',
    'takes all requests and is the only part that talks to the database',
  ),
  definition(
    'namespace',
    'a name that keeps the objects of one team apart from others',
    'divides one cluster into several virtual ones',
    'Kubernetes namespace',
  ),
  definition(
    'Ingress',
    'routes web requests to Services by host and path',
    'an object that says which HTTP address leads to which Service',
  ),
  definition(
    'ConfigMap',
    'holds settings that are no secret',
    'keeps plain configuration apart from the image',
    'ConfigMap object',
  ),
  definition(
    'Secret',
    'keeps passwords and tokens out of the manifests',
    'an object for sensitive data such as keys',
  ),
  definition(
    'StatefulSet',
    'runs copies that each keep their own name and disk',
    'manages Pods whose identity outlives a restart',
  ),
  definition(
    'DaemonSet',
    'runs one copy of a Pod on every node',
    'makes sure each machine has exactly one such Pod',
  ),
  definition('CronJob', 'starts a task at fixed times', 'creates Jobs by a timetable'),
  definition(
    'liveness probe',
    'a check that restarts a container when it fails',
    'tells whether a container still works or must be started anew',
  ),
  definition(
    'readiness probe',
    'tells whether a Pod may get traffic yet',
    'a test that must pass before requests are sent',
  ),
  definition(
    'taint',
    'a mark on a node that keeps Pods away',
    'makes a machine refuse Pods that do not tolerate it',
  ),
  definition(
    'persistent volume',
    'storage that outlives the Pods that use it',
    'a piece of disk with a life of its own',
    'PersistentVolume (PV)',
  ),
  definition(
    'horizontal autoscaler',
    'changes the number of Pods with the load',
    'adds and takes away replicas by CPU use',
  ),
  definition(
    'role-based access control',
    'says who may do what to which objects',
    'ties permissions to roles and roles to people',
    'RBAC',
  ),
  definition(
    'control loop',
    'compares what is with what should be and acts on the difference',
    'watches the cluster and nudges it towards the wanted state',
  ),
  definition(
    'sidecar',
    'a helper container beside the main one in a Pod',
    'a second container that adds something such as logging',
  ),
  definition(
    'admission webhook',
    'is asked before an object is stored and may refuse it',
    'an outside service that checks or changes new objects',
  ),
  definition(
    'pause container',
    'holds the network of a Pod while its others come and go',
    'the hidden first container that keeps the shared address',
  ),

  command(
    'helm repo list',
    'lists the chart repositories you have added',
    'shows where charts are taken from',
    'helm repo ls',
  ),
  command(
    'helm repo update',
    'fetches the latest charts from all repositories',
    'refreshes what is known of the charts on offer',
  ),
  command(
    'helm rollback RELEASE',
    'brings a release back to its state before',
    'undoes the last upgrade',
    'helm rollback RELEASE REVISION',
  ),
  command(
    'helm uninstall RELEASE',
    'takes an installed release off the cluster',
    'removes everything that a chart had put there',
    'helm delete RELEASE',
  ),
  command(
    'kubectl get pods --all-namespaces',
    'lists the Pods of the whole cluster',
    'shows every Pod wherever it runs',
    'kubectl get pods -A',
  ),
  command(
    'kubectl describe node NAME',
    'prints capacity, conditions and events of a machine',
    'tells in detail how one node is doing',
  ),
  command(
    'kubectl logs POD',
    'prints what a container has written',
    'shows the output of a running Pod',
    'kubectl logs POD -f',
  ),
  command(
    'kubectl apply -f FILE',
    'brings objects into the state a manifest describes',
    'creates or changes what the file names',
  ),
  command(
    'kubectl drain NODE',
    'moves all Pods away from a machine before maintenance',
    'empties a node so that it can be repaired',
  ),
  command(
    'velero backup create NAME',
    'saves the objects and volumes of a cluster',
    'makes a copy that can be restored later',
  ),
  command(
    'docker build -t IMAGE .',
    'makes an image from the folder you are in',
    'packs the current directory by its Dockerfile',
  ),
  command(
    'gcloud container clusters list',
    'shows which clusters run on Google',
    'prints all GKE clusters of the project',
  ),

  question(
    'Which protocol does a Service port use when you set none?',
    'What is the default protocol of a Service port?',
    'TCP',
    'UDP',
  ),
  question(
    'How many nodes does etcd need to survive the loss of one?',
    'What is the smallest number of etcd nodes that survives losing one of them?',
    'Three',
    'Five',
  ),
  question(
    'Which field of a Service names the port on the Pods?',
    'In a Service, which field says on which port the Pods listen?',
    '`targetPort`',
    '`containerPort`',
  ),
  question(
    'Who started the Kubernetes project?',
    'Which company began the project that became Kubernetes?',
    'Google',
    'Red Hat',
  ),
  question(
    'In which year did Kubernetes 1.0 come out?',
    'When was version 1.0 of Kubernetes released?',
    '2015',
    '2014',
  ),
  question('What does the K in GKE stand for?', 'GKE: what is the K short for?', 'Kubernetes', 'Knative'),
  question(
    'Which language are Helm templates written in?',
    'Helm templates use which template language?',
    'Go templates',
    'Jinja templates',
  ),
  question(
    'What happens to a Pod when its node dies?',
    'A node dies: what becomes of the Pods that ran on it?',
    'A controller starts another elsewhere',
    'It waits until the node is back',
  ),
  question(
    'Which object keeps a fixed number of equal Pods running?',
    'What is the object called that keeps a set number of equal Pods alive?',
    'ReplicaSet',
    'ReplicationController',
  ),
  question(
    'How much did the EKS control plane cost per hour in 2019?',
    'What was the hourly price of an EKS control plane in 2019?',
    '$0.20',
    '$0.10',
  ),
  question(
    'Why are containers lighter than virtual machines?',
    'What makes a container lighter than a virtual machine?',
    'They share the kernel of the host',
    'They share the memory of the host',
  ),
  question(
    'Which Service type reaches a name outside the cluster?',
    'What type of Service points at a name outside the cluster?',
    'ExternalName',
    'LoadBalancer',
  ),
  question(
    'What is the unit that Kubernetes places on a node?',
    'Kubernetes places what unit on a node?',
    'A Pod',
    'A container',
  ),
  question(
    'Which tool did Velero use to be called?',
    'Under which name was Velero known at first?',
    'Heptio Ark',
    'Heptio Sonobuoy',
  ),
  question(
    'Where does Virtual Kubelet run its Pods?',
    'On what do Pods of a Virtual Kubelet run?',
    'On a serverless container service',
    'On a worker node in the cloud',
  ),
  question(
    'How do Swarm managers agree on the state of the cluster?',
    'By which algorithm do the managers of a Swarm agree on its state?',
    'Raft',
    'Paxos',
  ),
]

export interface PoolTable {
  readonly corner: string
  readonly columns: readonly (readonly [name: string, again: string])[]
  readonly rows: readonly (readonly [name: string, again: string, ...cells: string[]])[]
}

export const TABLES: readonly PoolTable[] = [
  {
    corner: 'Feature',
    columns: [
      ['GKE', 'Google GKE'],
      ['AKS', 'AKS (Azure)'],
      ['EKS', 'Amazon EKS'],
    ],
    rows: [
      ['Node autoscaling', 'Autoscaling of nodes', 'yes', 'under preview', 'yes'],
      ['RBAC', 'Role-based access control', 'yes', 'yes', 'no'],
      ['Kubernetes version', 'Version of Kubernetes', '1.13.6', '1.13.5', '1.12.6'],
      ['Command-line tool', 'Tool for the command line', 'gcloud', 'az', 'eksctl'],
      ['Uptime promise', 'Promised uptime', '99.95%', '99.9%', 'none'],
      ['Windows nodes', 'Nodes with Windows', 'no', 'preview', 'no'],
    ],
  },
  {
    corner: 'Property',
    columns: [
      ['Docker Swarm', 'Swarm'],
      ['Kubernetes', 'Kubernetes (K8s)'],
      ['Nomad', 'HashiCorp Nomad'],
    ],
    rows: [
      ['Smallest unit', 'The smallest unit', 'task', 'Pod', 'allocation'],
      ['Format of manifests', 'Manifest format', 'Compose file', 'YAML or JSON', 'HCL'],
      ['Built-in load balancing', 'Load balancing built in', 'routing mesh', 'Services', 'none'],
      ['Secrets store', 'Store for secrets', 'Raft log', 'etcd', 'Vault'],
    ],
  },
]

/** Sentences above a list of names; the items are in no order. */
export const NAMED: readonly (readonly [lead: string, again: string, ...items: string[]])[] = [
  [
    'The parts of a control plane are:',
    'The parts of the control plane are:',
    'API server process',
    'controller manager',
    'cloud controller',
    'cluster database',
  ],
  ['The restart policies of a Pod are:', "A Pod's restart policies are:", 'Always', 'OnFailure', 'Never'],
  [
    'The phases of a volume are:',
    'The phases of a persistent volume are:',
    'Available',
    'Bound',
    'Released',
    'Failed',
  ],
]

/** Sentences with marked gaps. */
export const GAPPED: readonly string[] = [
  'Every packet between two {{nodes}} is wrapped in another packet by the {{overlay network}}.',
  'A rolling update replaces {{Pods}} step by step, so that the application stays {{reachable}} all the time.',
  'Images are stored in a {{registry}}, from which each machine {{pulls}} what it has to run.',
]

/** Questions that look like one of the pool and ask something else. */
export const NEAR: ReadonlyMap<string, readonly [question: string, answer: string]> = new Map([
  [
    'How many nodes does etcd need to survive the loss of one?',
    ['How many nodes does etcd need to survive the loss of two?', 'Five'],
  ],
  ['Who started the Kubernetes project?', ['Who started the Docker project?', 'dotCloud']],
  ['In which year did Kubernetes 1.0 come out?', ['In which year did Kubernetes 1.2 come out?', '2016']],
  [
    'Which field of a Service names the port on the Pods?',
    ['Which field of a Service names the Pods behind it?', '`selector`'],
  ],
  [
    'What happens to a Pod when its node dies?',
    ['What happens to a Service when its node dies?', 'Nothing: it is no process'],
  ],
  [
    'Which Service type reaches a name outside the cluster?',
    ['Which Service type reaches a name inside the cluster?', 'ClusterIP'],
  ],
  [
    'How much did the EKS control plane cost per hour in 2019?',
    ['How much did the AKS control plane cost per hour in 2019?', 'Nothing'],
  ],
  ['Which tool did Velero use to be called?', ['Which tool does Velero use to copy volumes?', 'restic']],
  [
    'Where does Virtual Kubelet run its Pods?',
    ['Where does Virtual Kubelet not run its Pods?', 'On machines of the cluster'],
  ],
  [
    'Why are containers lighter than virtual machines?',
    ['Why are virtual machines safer than containers?', 'They share no kernel'],
  ],
  [
    'Which object keeps a fixed number of equal Pods running?',
    ['Which object keeps one copy of a Pod running on every node?', 'The DaemonSet object'],
  ],
])
